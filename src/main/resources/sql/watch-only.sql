-- The condition that takes the place of an "only" comment. Parameter: the column. $1 is the parameter
-- of the prepared statement around it: an array of object ids.
AND %s = ANY ($1)
