"""What the journey asks, a form a step."""
