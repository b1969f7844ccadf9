"""The process that wakes the sweep; what is due lives in our tables, not here.

APScheduler with its job store in memory: jobs are three lines that call services.
"""
