"""What is missing before the first real night, and what to do about it: a file for each thing that is looked at."""
