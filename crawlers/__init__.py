"""What we fetch, and how: source files, spiders, articles. Knows data's models and archive, nothing of nlp."""
