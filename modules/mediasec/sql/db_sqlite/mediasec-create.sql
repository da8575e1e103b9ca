CREATE TABLE mediasec_policy (
    id INTEGER PRIMARY KEY NOT NULL,
    interface VARCHAR(64) DEFAULT '' NOT NULL,
    domain VARCHAR(64) DEFAULT '' NOT NULL,
    grp VARCHAR(64) DEFAULT '' NOT NULL,
    settings VARCHAR(512) DEFAULT '' NOT NULL,
    CONSTRAINT mediasec_policy_idx UNIQUE (interface, domain, grp)
);

INSERT INTO version (table_name, table_version) values ('mediasec_policy','1');

CREATE TABLE mediasec_group (
    id INTEGER PRIMARY KEY NOT NULL,
    aor VARCHAR(255) DEFAULT '' NOT NULL,
    grp VARCHAR(64) DEFAULT '' NOT NULL,
    CONSTRAINT mediasec_group_idx UNIQUE (aor)
);

INSERT INTO version (table_name, table_version) values ('mediasec_group','1');

