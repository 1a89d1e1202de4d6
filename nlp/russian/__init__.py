"""A light parser of Russian by morphology: pymorphy3's readings, agreement and government, no statistical model.

It gives the trees that the packaged English model gives (ClearNLP labels, Penn tags), so that the same rules read both.
It aims at newswire: subject, object, agent, phrases of prepositions, lists, participles, clauses.
"""
