"""The Dialogue Tracker: what two governments agreed, followed up until it is done.

The application factory lives here; everything else has a package of its own.
"""
