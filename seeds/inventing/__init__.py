"""The parts of the generator of listings: chance, towns, words and facts."""
