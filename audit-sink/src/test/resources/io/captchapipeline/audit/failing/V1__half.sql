CREATE TABLE half_made (id INTEGER);
INSERT INTO there_is_no_such_table VALUES (1);
