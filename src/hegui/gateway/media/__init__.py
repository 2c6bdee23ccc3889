"""Pictures, sounds and clips over OpenAI's API: screened by their prompt, marked, and on record."""
