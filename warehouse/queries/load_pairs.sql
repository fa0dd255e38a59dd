-- `paired`: the doubtful pairs that are duplicates.
INSERT INTO core.duplicate_pairs BY NAME FROM paired;
