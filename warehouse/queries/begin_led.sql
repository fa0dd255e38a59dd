-- Which article each entry comes to while sightings are loaded; see note_led.
CREATE OR REPLACE TEMP TABLE led (
    entry_id VARCHAR, article_id VARCHAR, reason VARCHAR, detail VARCHAR
);
