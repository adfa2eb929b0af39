"""
Other rule engines on the same rulebook and situations: ready objects in, verdicts and fired rules out.

Their encodings are generated from our rulebook, by us, as well as we could make them; somebody who knows one of these
engines better may find a faster one. Nothing is timed before all of them have answered as expected.
"""
