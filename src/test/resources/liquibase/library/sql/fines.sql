CREATE INDEX fines_by_loan ON fines (loan_id);
