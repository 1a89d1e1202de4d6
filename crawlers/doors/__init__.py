"""Commands about sources: the parts of the command line that need to know how they are crawled."""
