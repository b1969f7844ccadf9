"""Senders that are killed at random points, and several at once: nothing lost, nothing doubled."""
