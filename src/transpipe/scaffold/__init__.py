"""What is there in somebody's repository, and the files that it lacks to start."""
