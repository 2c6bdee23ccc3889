"""The OpenAI-compatible data plane.

Import from the modules: ``words`` alone is enough for a command, ``gateway`` brings the web.
"""
