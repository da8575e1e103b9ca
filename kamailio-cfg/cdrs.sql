-- What a record of a call has, besides what Kamailio's acc-create.sql gives it.
ALTER TABLE acc_cdrs ADD COLUMN callid VARCHAR(255);
ALTER TABLE acc_cdrs ADD COLUMN caller VARCHAR(255);
ALTER TABLE acc_cdrs ADD COLUMN callee VARCHAR(255);
ALTER TABLE acc_cdrs ADD COLUMN code VARCHAR(3);
ALTER TABLE acc_cdrs ADD COLUMN reason VARCHAR(32);
ALTER TABLE acc_cdrs ADD COLUMN caller_mode VARCHAR(16);
ALTER TABLE acc_cdrs ADD COLUMN caller_mechanism VARCHAR(16);
ALTER TABLE acc_cdrs ADD COLUMN caller_suite VARCHAR(64);
ALTER TABLE acc_cdrs ADD COLUMN callee_mode VARCHAR(16);
ALTER TABLE acc_cdrs ADD COLUMN callee_mechanism VARCHAR(16);
ALTER TABLE acc_cdrs ADD COLUMN callee_suite VARCHAR(64);
CREATE INDEX acc_cdrs_callid_idx ON acc_cdrs (callid);
