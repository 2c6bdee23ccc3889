"""What the public's pages and the staff's pages share: form, safety and words of the web."""
