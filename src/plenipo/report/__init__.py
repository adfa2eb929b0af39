"""The reports: advice and explanations as text, Markdown and JSON; they decide nothing."""
