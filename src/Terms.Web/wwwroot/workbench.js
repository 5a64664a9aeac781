// Makes the editor quicker to use. Everything works without it.
