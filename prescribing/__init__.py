"""What is done for one woman: assessment, plan, follow-up, documents."""
