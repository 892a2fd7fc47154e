-- The condition that takes the place of an "only" comment. Parameter: the column. $1 is the parameter
-- of the prepared statement around it: what was touched, as stampguard_reach says.
AND %s = ANY ($1)
