-- Stays that change: dates, type and room after they were sold, and what it costs to give them up.

-- Where a guest in house was given another type: the first night that its counters hold. Those before it were slept in
-- the type of then, and stand in no counter any more.
ALTER TABLE reservations ADD COLUMN counted_from TEXT;
-- What cancelling, or not coming, has cost.
ALTER TABLE reservations ADD COLUMN fee_minor INTEGER CHECK (fee_minor >= 0);

-- Until so many hours before check-in, cancelling is free; after that, and for not coming, so many nights are to be paid.
ALTER TABLE hotels ADD COLUMN cancel_free_hours INTEGER NOT NULL DEFAULT 24 CHECK (cancel_free_hours >= 0);
ALTER TABLE hotels ADD COLUMN cancel_fee_nights INTEGER NOT NULL DEFAULT 1 CHECK (cancel_fee_nights >= 0);
ALTER TABLE hotels ADD COLUMN no_show_fee_nights INTEGER NOT NULL DEFAULT 1 CHECK (no_show_fee_nights >= 0);
