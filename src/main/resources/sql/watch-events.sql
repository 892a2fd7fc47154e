-- What was touched since the last look: events, and the ids of what has to be read again as an array.
-- Parameter, twice: the last event already seen. PostgreSQL 13 and newer.
EXECUTE stampguard_events(?);
EXECUTE stampguard_reach(?)
