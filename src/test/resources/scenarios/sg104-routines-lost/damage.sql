DROP VIEW active_members;

DROP TRIGGER members_tidy ON members;

DROP FUNCTION tidy_member();
