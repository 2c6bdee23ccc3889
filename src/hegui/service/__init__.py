"""The service whole: every room of one process, started and stopped together.

Import from the modules: ``run`` starts a service and brings the web with it, ``house`` only opens
one, which is all that most commands need.
"""
