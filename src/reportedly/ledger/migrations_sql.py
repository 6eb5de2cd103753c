"""The SQL of each numbered step of a ledger's shape, never edited once released.

`{json}` and `{number}` stand for the dialect's own words; full text and append-only tables are the dialect's as well.
"""

from __future__ import annotations

_OF_ARTICLE = """
    number {number} PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    article {number} NOT NULL REFERENCES article (number) ON DELETE CASCADE,
    step INTEGER NOT NULL,
    local TEXT NOT NULL,
    more {json}"""

_QUOTED = """
    spans {json} NOT NULL,
    words TEXT NOT NULL,
    sentence_spans {json} NOT NULL,
    sentence TEXT NOT NULL"""

FIRST = """
CREATE TABLE article (
    number {number} PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    document TEXT NOT NULL,
    work TEXT NOT NULL,
    name TEXT NOT NULL,
    outlet TEXT,
    published TEXT,
    day TEXT NOT NULL,
    url TEXT,
    title TEXT,
    language TEXT NOT NULL,
    story TEXT,
    first_seen TEXT NOT NULL,
    last_seen TEXT NOT NULL,
    version_of TEXT,
    superseded_by TEXT,
    reader TEXT NOT NULL,
    digest TEXT NOT NULL,
    byline {json} NOT NULL,
    blocks {json} NOT NULL,
    pieces {json} NOT NULL,
    known_from {json} NOT NULL,
    more {json},
    text TEXT NOT NULL
);
CREATE INDEX article_by_work ON article (work);
CREATE INDEX article_by_day ON article (day, outlet, id);
CREATE INDEX article_by_story ON article (story);

CREATE TABLE note (
    article {number} NOT NULL REFERENCES article (number) ON DELETE CASCADE,
    step INTEGER NOT NULL,
    on_document BOOLEAN NOT NULL,
    about TEXT NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (article, step)
);

CREATE TABLE source ({of_article},
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    kind TEXT NOT NULL,
    named BOOLEAN NOT NULL,
    count INTEGER NOT NULL,
    at_least BOOLEAN NOT NULL,
    party TEXT,
    party_key TEXT,
    ref TEXT,
    mentions {json} NOT NULL
);
CREATE UNIQUE INDEX source_by_article ON source (article, local);
CREATE INDEX source_by_name ON source (name_key, name);
CREATE INDEX source_by_party ON source (party_key, party);

CREATE TABLE statement ({of_article},
    piece INTEGER NOT NULL,
    mode TEXT NOT NULL,
    act TEXT NOT NULL,
    parent TEXT,
    certainty_outlet TEXT NOT NULL,
    certainty_source TEXT NOT NULL,
    confidence DOUBLE PRECISION NOT NULL,
    method TEXT NOT NULL,
    source {json} NOT NULL,
    cue {json} NOT NULL,
    addressee {json} NOT NULL,
    hedges {json} NOT NULL,
    source_words TEXT NOT NULL,
    cue_words TEXT NOT NULL,
    hedge_words TEXT NOT NULL,
    {quoted}
);
CREATE UNIQUE INDEX statement_by_article ON statement (article, local);

CREATE TABLE link (
    statement {number} NOT NULL REFERENCES statement (number) ON DELETE CASCADE,
    step INTEGER NOT NULL,
    source {number} NOT NULL REFERENCES source (number) ON DELETE CASCADE,
    article {number} NOT NULL,
    last BOOLEAN NOT NULL,
    PRIMARY KEY (statement, step)
);
CREATE INDEX link_by_source ON link (source, statement);
CREATE INDEX link_by_article ON link (article);

CREATE TABLE plan ({of_article},
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    authors {json} NOT NULL,
    points INTEGER,
    first_reported_by TEXT,
    {quoted}
);
CREATE UNIQUE INDEX plan_by_article ON plan (article, local);
CREATE INDEX plan_by_name ON plan (name_key);

CREATE TABLE term ({of_article},
    plan TEXT,
    topic TEXT NOT NULL,
    points_basis TEXT,
    force TEXT NOT NULL,
    points {json} NOT NULL,
    gives {json} NOT NULL,
    gets {json} NOT NULL,
    condition {json} NOT NULL,
    included BOOLEAN NOT NULL,
    conditional BOOLEAN NOT NULL,
    condition_words TEXT NOT NULL,
    confidence DOUBLE PRECISION NOT NULL,
    method TEXT NOT NULL,
    {quoted}
);
CREATE UNIQUE INDEX term_by_article ON term (article, local);
CREATE INDEX term_by_topic ON term (topic);

CREATE TABLE position ({of_article},
    party TEXT NOT NULL,
    topic TEXT NOT NULL,
    stance TEXT NOT NULL,
    term TEXT,
    confidence DOUBLE PRECISION NOT NULL,
    method TEXT NOT NULL,
    {quoted}
);
CREATE UNIQUE INDEX position_by_article ON position (article, local);
CREATE INDEX position_by_topic ON position (topic);

CREATE TABLE encounter ({of_article},
    participants {json} NOT NULL,
    place TEXT,
    "when" TEXT,
    first_day TEXT,
    last_day TEXT,
    status TEXT NOT NULL,
    confidence DOUBLE PRECISION NOT NULL,
    method TEXT NOT NULL,
    {quoted}
);
CREATE UNIQUE INDEX encounter_by_article ON encounter (article, local);
CREATE INDEX encounter_by_day ON encounter (first_day);

CREATE TABLE support (
    kind TEXT NOT NULL,
    item {number} NOT NULL,
    step INTEGER NOT NULL,
    statement {number} NOT NULL REFERENCES statement (number) ON DELETE CASCADE,
    article {number} NOT NULL,
    PRIMARY KEY (kind, item, step)
);
CREATE INDEX support_by_statement ON support (statement);
CREATE INDEX support_by_article ON support (article);

CREATE TABLE actor (
    kind TEXT NOT NULL,
    item {number} NOT NULL,
    role TEXT NOT NULL,
    step INTEGER NOT NULL,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    article {number} NOT NULL REFERENCES article (number) ON DELETE CASCADE,
    PRIMARY KEY (kind, item, role, step)
);
CREATE INDEX actor_by_name ON actor (name_key, kind, item, name);
CREATE INDEX actor_by_article ON actor (article);

CREATE TABLE judgement (
    number {number} PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    about {json} NOT NULL,
    value {json},
    by TEXT NOT NULL,
    at TEXT NOT NULL
);
""".replace("{of_article}", _OF_ARTICLE).replace("{quoted}", _QUOTED.strip())

DERIVED = """
CREATE TABLE derived_state (
    name TEXT PRIMARY KEY,
    value {json} NOT NULL
);

CREATE TABLE derived_article (
    article TEXT PRIMARY KEY,
    digest TEXT NOT NULL,
    day TEXT NOT NULL,
    outlet TEXT,
    cited {json} NOT NULL,
    names {json} NOT NULL,
    least DOUBLE PRECISION,
    sign TEXT NOT NULL,
    meanings {json} NOT NULL
);

CREATE TABLE derived_near (
    article TEXT NOT NULL,
    other TEXT NOT NULL,
    distance DOUBLE PRECISION NOT NULL,
    PRIMARY KEY (article, other)
);
CREATE INDEX derived_near_by_other ON derived_near (other);

CREATE TABLE derived_name (
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    of_kind TEXT NOT NULL,
    of_name TEXT NOT NULL,
    shown TEXT NOT NULL,
    PRIMARY KEY (kind, name)
);

CREATE TABLE derived_pair (
    a TEXT NOT NULL,
    b TEXT NOT NULL,
    found {json} NOT NULL,
    PRIMARY KEY (a, b)
);
CREATE INDEX derived_pair_by_other ON derived_pair (b);

CREATE TABLE derived_claim (
    id TEXT PRIMARY KEY,
    gist TEXT NOT NULL,
    articles INTEGER NOT NULL,
    origins INTEGER NOT NULL,
    first_day TEXT NOT NULL,
    last_day TEXT NOT NULL,
    found {json} NOT NULL
);
CREATE INDEX derived_claim_by_day ON derived_claim (last_day);

CREATE TABLE derived_member (
    article TEXT NOT NULL,
    statement TEXT NOT NULL,
    claim TEXT NOT NULL,
    knot TEXT NOT NULL,
    PRIMARY KEY (article, statement)
);
CREATE INDEX derived_member_by_claim ON derived_member (claim);

CREATE TABLE derived_finding (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    owner TEXT NOT NULL,
    day TEXT NOT NULL,
    found {json} NOT NULL
);
CREATE INDEX derived_finding_by_owner ON derived_finding (owner, kind);
CREATE INDEX derived_finding_by_day ON derived_finding (kind, day);
"""

CORRECTIONS = """
CREATE TABLE machine (
    article {number} PRIMARY KEY REFERENCES article (number) ON DELETE CASCADE,
    digest TEXT NOT NULL,
    record {json} NOT NULL,
    states {json} NOT NULL
);
ALTER TABLE judgement ADD COLUMN document TEXT;
CREATE INDEX judgement_by_document ON judgement (document);
ALTER TABLE statement ADD COLUMN corrected {json};
ALTER TABLE term ADD COLUMN corrected {json};
ALTER TABLE position ADD COLUMN corrected {json};
ALTER TABLE encounter ADD COLUMN corrected {json};
"""

NEWS = """
DROP TABLE derived_finding;
CREATE TABLE derived_finding (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    owner TEXT NOT NULL,
    day TEXT NOT NULL,
    start TEXT NOT NULL,
    same TEXT NOT NULL,
    found {json} NOT NULL
);
CREATE INDEX derived_finding_by_owner ON derived_finding (owner, kind);
CREATE INDEX derived_finding_by_day ON derived_finding (kind, day, id);
CREATE INDEX derived_finding_by_same ON derived_finding (same, kind, day, id);
ALTER TABLE derived_claim ADD COLUMN short {json};
CREATE INDEX derived_claim_shared_by_first ON derived_claim (first_day) WHERE articles > 1;
CREATE INDEX derived_claim_shared_by_last ON derived_claim (last_day) WHERE articles > 1;

CREATE TABLE derived_telling (
    article TEXT NOT NULL,
    local TEXT NOT NULL,
    block TEXT NOT NULL,
    found {json} NOT NULL,
    PRIMARY KEY (article, local)
);
CREATE INDEX derived_telling_by_block ON derived_telling (block);

CREATE TABLE derived_stand (
    article TEXT NOT NULL,
    local TEXT NOT NULL,
    block TEXT NOT NULL,
    day TEXT NOT NULL,
    found {json} NOT NULL,
    PRIMARY KEY (article, local)
);
CREATE INDEX derived_stand_by_block ON derived_stand (block, day, article, local);

CREATE TABLE derived_meeting (
    id TEXT PRIMARY KEY,
    block TEXT NOT NULL,
    found {json} NOT NULL
);
CREATE INDEX derived_meeting_by_block ON derived_meeting (block);

CREATE TABLE derived_met (
    meeting TEXT NOT NULL,
    block TEXT NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    day TEXT NOT NULL,
    open BOOLEAN NOT NULL,
    PRIMARY KEY (meeting, kind, name)
);
CREATE INDEX derived_met_by_block ON derived_met (block);
CREATE INDEX derived_met_by_name ON derived_met (kind, name, open, day);
DELETE FROM derived_state;
"""

LOOKED_UP = """
DROP TABLE derived_article;
CREATE TABLE derived_article (
    article TEXT PRIMARY KEY,
    digest TEXT NOT NULL,
    day TEXT NOT NULL,
    outlet TEXT
);
CREATE INDEX derived_article_by_digest ON derived_article (article, digest);
CREATE INDEX derived_article_by_outlet ON derived_article (outlet);
CREATE INDEX article_current ON article (superseded_by, id, digest);

CREATE TABLE derived_cited (
    article TEXT NOT NULL,
    outlet TEXT NOT NULL,
    PRIMARY KEY (article, outlet)
);
CREATE INDEX derived_cited_by_outlet ON derived_cited (outlet);

CREATE TABLE derived_reach (
    article TEXT PRIMARY KEY,
    least DOUBLE PRECISION
);
CREATE INDEX derived_reach_by_least ON derived_reach (least, article);

CREATE TABLE derived_meaning (
    article TEXT PRIMARY KEY,
    meanings {json} NOT NULL
);

CREATE TABLE derived_sign (
    sheet TEXT PRIMARY KEY,
    articles {json} NOT NULL,
    signs TEXT NOT NULL
);

CREATE TABLE derived_use (
    article TEXT NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    found {json} NOT NULL
);
CREATE INDEX derived_use_by_article ON derived_use (article);
CREATE INDEX derived_use_by_name ON derived_use (kind, name, article);

DROP TABLE derived_name;
CREATE TABLE derived_name (
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    tied_kind TEXT,
    tied_name TEXT,
    found {json} NOT NULL,
    PRIMARY KEY (kind, name)
);
CREATE INDEX derived_name_by_tied ON derived_name (tied_kind, tied_name);

CREATE TABLE derived_block (
    block TEXT NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    listed BOOLEAN NOT NULL,
    looking BOOLEAN NOT NULL,
    PRIMARY KEY (block, kind, name)
);
CREATE INDEX derived_block_by_name ON derived_block (kind, name);
DELETE FROM derived_state;
"""

PLACES = """
ALTER TABLE derived_member ADD COLUMN place INTEGER;
DELETE FROM derived_state;
"""

APOSTROPHES = """
UPDATE source SET name_key = replace(replace(replace(name_key, '‘', ''''), '’', ''''), 'ʼ', '''');
UPDATE source SET party_key = replace(replace(replace(party_key, '‘', ''''), '’', ''''), 'ʼ', '''');
UPDATE plan SET name_key = replace(replace(replace(name_key, '‘', ''''), '’', ''''), 'ʼ', '''');
UPDATE actor SET name_key = replace(replace(replace(name_key, '‘', ''''), '’', ''''), 'ʼ', '''');
"""
