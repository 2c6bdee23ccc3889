"""What labels in files cost, how much mutation their readers stand, and what real files say."""
