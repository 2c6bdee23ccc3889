"""What pages that read are filled with: values out of the tables, without a word of language."""
