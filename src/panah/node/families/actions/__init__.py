"""The only writers of this room: tracing in `tracing.py`, links and the way together in `uniting.py`."""
