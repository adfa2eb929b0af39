"""The questionnaire on a terminal."""
