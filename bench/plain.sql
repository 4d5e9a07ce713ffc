-- The plain way from two files to the same counts, beside which `ripen check` is measured: load, fold
-- and count the same cube, on the same engine, without any validation. Run by plain_runner, which
-- replaces $RECOMMENDATIONS, $OUTCOMES and $READER (read_csv or read_parquet).
--
-- Types are the product's: ids hashed to 64 bits, moments in microseconds, attribute values as
-- small integers. A stage counts inside its window only: a click 1 day and a purchase 14 days after
-- shown, a return 30 days after its purchase.
SET threads = 2;
SET memory_limit = '1536MB';
SET preserve_insertion_order = false;

-- Load.
CREATE TABLE loaded AS
SELECT hash(recommendation_id) AS id, epoch_us(recommended_at) AS shown_us,
       hash(customer_id) AS customer, hash(item_id) AS item,
       position::TINYINT AS position, score::FLOAT AS score,
       age_group, sustainability_preference, region, customer_type, device, model_version,
       item_category, item_collection, item_price_band, item_sustainable
FROM $READER('$RECOMMENDATIONS');

CREATE TABLE outcome AS
SELECT hash(recommendation_id) AS id,
       CASE stage WHEN 'click' THEN 0 WHEN 'purchase' THEN 1 ELSE 2 END::TINYINT AS stage,
       epoch_us(happened_at) AS happened_us
FROM $READER('$OUTCOMES');

-- One small integer for each combination of values.
CREATE TABLE base_cell AS
SELECT row_number() OVER ()::INTEGER AS cell, *
FROM (SELECT DISTINCT age_group, sustainability_preference, region, customer_type, device,
             model_version FROM loaded);

CREATE TABLE item_cell AS
SELECT row_number() OVER ()::INTEGER AS item_cell, *
FROM (SELECT DISTINCT item_category, item_collection, item_price_band, item_sustainable FROM loaded);

-- Fold: one row for each recommendation id, whatever was repeated; the earliest outcome in its window.
CREATE TABLE folded AS
WITH once AS (
  SELECT id, min(shown_us) AS shown_us, any_value(cell) AS cell, any_value(item_cell) AS item_cell
  FROM loaded
  JOIN base_cell USING (age_group, sustainability_preference, region, customer_type, device,
                        model_version)
  JOIN item_cell USING (item_category, item_collection, item_price_band, item_sustainable)
  GROUP BY id),
result AS (
  SELECT id, min(happened_us) FILTER (stage = 0) AS click_us,
         min(happened_us) FILTER (stage = 1) AS purchase_us,
         min(happened_us) FILTER (stage = 2) AS return_us
  FROM outcome GROUP BY id)
SELECT cell, item_cell, (shown_us // 86400000000)::INTEGER AS shown_day,
       CASE WHEN click_us - shown_us <= 86400000000 THEN click_us // 86400000000 END::INTEGER
         AS click_day,
       CASE WHEN purchase_us - shown_us <= 14 * 86400000000 THEN purchase_us // 86400000000
         END::INTEGER AS purchase_day,
       CASE WHEN purchase_us - shown_us <= 14 * 86400000000
             AND return_us - purchase_us <= 30 * 86400000000 THEN return_us // 86400000000
         END::INTEGER AS return_day
FROM once LEFT JOIN result USING (id);

-- Count: base cells, and base cells x each item attribute; by day shown, day of the base event and
-- delay.
CREATE TABLE counts AS
WITH narrow AS (
  SELECT cell, item_cell, shown_day, 0 AS stage, 0 AS base_offset, 0 AS delay, count(*) AS gained
  FROM folded GROUP BY ALL
  UNION ALL
  SELECT cell, item_cell, shown_day, 1, 0, click_day - shown_day, count(*)
  FROM folded WHERE click_day IS NOT NULL GROUP BY ALL
  UNION ALL
  SELECT cell, item_cell, shown_day, 2, 0, purchase_day - shown_day, count(*)
  FROM folded WHERE purchase_day IS NOT NULL GROUP BY ALL
  UNION ALL
  SELECT cell, item_cell, shown_day, 3, purchase_day - shown_day, return_day - purchase_day, count(*)
  FROM folded WHERE return_day IS NOT NULL GROUP BY ALL)
SELECT cell, item_category, item_collection, item_price_band, item_sustainable, shown_day, stage,
       base_offset, delay, sum(gained)::BIGINT AS gained,
       grouping(item_category, item_collection, item_price_band, item_sustainable) AS family
FROM narrow JOIN item_cell USING (item_cell)
GROUP BY GROUPING SETS (
  (cell, shown_day, stage, base_offset, delay),
  (cell, item_category, shown_day, stage, base_offset, delay),
  (cell, item_collection, shown_day, stage, base_offset, delay),
  (cell, item_price_band, shown_day, stage, base_offset, delay),
  (cell, item_sustainable, shown_day, stage, base_offset, delay));

SELECT sum(gained) FILTER (stage = 0)::BIGINT, sum(gained) FILTER (stage = 1)::BIGINT,
       sum(gained) FILTER (stage = 2)::BIGINT, sum(gained) FILTER (stage = 3)::BIGINT
FROM counts WHERE family = 15;
