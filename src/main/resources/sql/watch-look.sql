-- What happened since the last look: events, roots, definitions. Parameter, three times: the last
-- event already seen. PostgreSQL 13 and newer.
EXECUTE stampguard_events(?);
EXECUTE stampguard_roots(?);
EXECUTE stampguard_definitions(?)
