-- Who has a password: the users of Kamailio's table subscriber with a hash of one, for
-- any SQL database. auth_db takes what stands in ha1 for a hash, and with an empty one
-- lets in whoever knows what its memory has there.

CREATE VIEW credentials AS SELECT username, domain, ha1, ha1b FROM subscriber
    WHERE LENGTH(ha1) = 32 AND LENGTH(ha1b) = 32;
INSERT INTO version (table_name, table_version)
    SELECT 'credentials', table_version FROM version WHERE table_name = 'subscriber';
