"""The forms in which an editor changes an edition. They ask and validate; they never save."""
