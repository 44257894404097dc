//! The flags of each command, as its help lists them.

/// Whether and how a flag takes a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Takes {
    /// `--output wide`.
    Value,
    /// `--no-headers`, `--show-events=false`.
    Switch,
    /// `--cascade`, `--cascade=orphan`: what it is without a value.
    ValueBehindEquals(&'static str),
}

/// How a flag of a command is written.
#[derive(Clone, Copy)]
pub(super) struct FlagSpec {
    pub(super) long: &'static str,
    pub(super) short: Option<char>,
    pub(super) takes: Takes,
    /// kubectl has it, the simulated cluster does not.
    pub(super) is_unknown_here: bool,
}

const fn value(long: &'static str) -> FlagSpec {
    FlagSpec { long, short: None, takes: Takes::Value, is_unknown_here: false }
}

const fn switch(long: &'static str) -> FlagSpec {
    FlagSpec { long, short: None, takes: Takes::Switch, is_unknown_here: false }
}

const fn optional(long: &'static str, without: &'static str) -> FlagSpec {
    FlagSpec { long, short: None, takes: Takes::ValueBehindEquals(without), is_unknown_here: false }
}

impl FlagSpec {
    const fn or(self, short: char) -> FlagSpec {
        FlagSpec { short: Some(short), ..self }
    }

    const fn not_here(self) -> FlagSpec {
        FlagSpec { is_unknown_here: true, ..self }
    }
}

/// Flags of every command. Whom to ask, and as whom, makes no difference here.
pub(super) const GLOBAL: &[FlagSpec] = &[
    value("namespace").or('n'),
    switch("help").or('h'),
    value("as"),
    value("as-group"),
    value("as-uid"),
    value("cache-dir"),
    value("certificate-authority"),
    value("client-certificate"),
    value("client-key"),
    value("cluster"),
    value("context"),
    switch("disable-compression"),
    switch("insecure-skip-tls-verify"),
    value("kubeconfig"),
    value("kuberc"),
    value("log-flush-frequency"),
    switch("match-server-version"),
    value("password"),
    value("profile"),
    value("profile-output"),
    value("request-timeout"),
    value("server").or('s'),
    value("tls-server-name"),
    value("token"),
    value("user"),
    value("username"),
    value("v").or('v'),
    value("vmodule"),
    switch("warnings-as-errors").not_here(),
];

const SELECTOR: FlagSpec = value("selector").or('l');
const FIELD_SELECTOR: FlagSpec = value("field-selector");
const ALL_NAMESPACES: FlagSpec = switch("all-namespaces").or('A');
const FILENAME: FlagSpec = value("filename").or('f');
const KUSTOMIZE: FlagSpec = value("kustomize").or('k').not_here();
const RECURSIVE: FlagSpec = switch("recursive").or('R');
const OUTPUT: FlagSpec = value("output").or('o');
const DRY_RUN: FlagSpec = optional("dry-run", "unchanged");
const FIELD_MANAGER: FlagSpec = value("field-manager");
const TEMPLATE: FlagSpec = value("template");
const MISSING_KEYS: FlagSpec = switch("allow-missing-template-keys");
const MANAGED_FIELDS: FlagSpec = switch("show-managed-fields");
const VALIDATE: FlagSpec = optional("validate", "strict");
const CHUNK: FlagSpec = value("chunk-size");
const ALL: FlagSpec = switch("all");
const LOCAL: FlagSpec = switch("local").not_here();

/// Flags in groups.
pub(super) type Flags = &'static [&'static [FlagSpec]];

/// What the objects of a file are read from.
const FILES: &[FlagSpec] = &[FILENAME, KUSTOMIZE, RECURSIVE];
/// How objects are printed.
const PRINTED: &[FlagSpec] = &[OUTPUT, TEMPLATE, MISSING_KEYS, MANAGED_FIELDS];
/// How something is written.
const WRITES: &[FlagSpec] = &[DRY_RUN, FIELD_MANAGER];

const OF_GET: Flags = &[
    FILES,
    PRINTED,
    &[
        SELECTOR,
        FIELD_SELECTOR,
        ALL_NAMESPACES,
        CHUNK,
        switch("ignore-not-found"),
        value("label-columns").or('L'),
        switch("no-headers"),
        switch("output-watch-events"),
        value("raw").not_here(),
        switch("server-print"),
        switch("show-kind"),
        switch("show-labels"),
        value("sort-by"),
        value("subresource").not_here(),
        switch("watch").or('w'),
        switch("watch-only"),
    ],
];
const OF_EVENTS: Flags =
    &[PRINTED, &[ALL_NAMESPACES, CHUNK, value("for"), value("types"), switch("no-headers"), switch("watch").or('w')]];
const OF_DESCRIBE: Flags = &[FILES, &[SELECTOR, ALL_NAMESPACES, CHUNK, switch("show-events")]];
const OF_LOGS: Flags = &[&[
    SELECTOR,
    switch("all-containers"),
    switch("all-pods"),
    value("container").or('c'),
    switch("follow").or('f'),
    switch("ignore-errors"),
    switch("insecure-skip-tls-verify-backend"),
    value("limit-bytes"),
    value("max-log-requests"),
    value("pod-running-timeout"),
    switch("prefix"),
    switch("previous").or('p'),
    value("since"),
    value("since-time"),
    value("tail"),
    switch("timestamps"),
]];
const OF_WAIT: Flags = &[
    PRINTED,
    &[SELECTOR, FIELD_SELECTOR, ALL_NAMESPACES, FILENAME, RECURSIVE, ALL, LOCAL, value("for"), value("timeout")],
];
const OF_DELETE: Flags = &[
    FILES,
    &[
        SELECTOR,
        FIELD_SELECTOR,
        ALL,
        ALL_NAMESPACES,
        OUTPUT,
        DRY_RUN,
        optional("cascade", "background"),
        switch("force"),
        value("grace-period"),
        switch("ignore-not-found"),
        switch("interactive").or('i').not_here(),
        switch("now"),
        value("raw").not_here(),
        value("timeout"),
        switch("wait"),
    ],
];
const OF_PATCH: Flags = &[
    FILES,
    PRINTED,
    WRITES,
    &[LOCAL, value("patch").or('p'), value("patch-file").not_here(), value("subresource").not_here(), value("type")],
];
const OF_CREATE: Flags = &[
    FILES,
    PRINTED,
    WRITES,
    &[
        VALIDATE,
        SELECTOR,
        switch("save-config"),
        switch("edit").not_here(),
        value("raw").not_here(),
        switch("force"),
        value("grace-period"),
        value("timeout"),
        switch("wait"),
        optional("cascade", "background"),
        switch("overwrite"),
        switch("server-side").not_here(),
        switch("force-conflicts"),
        switch("prune").not_here(),
        value("subresource").not_here(),
    ],
];
const OF_CREATE_JOB: Flags = &[
    PRINTED,
    WRITES,
    &[VALIDATE, switch("save-config"), value("image"), value("from"), value("schedule"), value("restart")],
];
const OF_LABEL: Flags = &[
    FILES,
    PRINTED,
    WRITES,
    &[
        SELECTOR,
        FIELD_SELECTOR,
        ALL_NAMESPACES,
        ALL,
        LOCAL,
        switch("list"),
        switch("overwrite"),
        value("resource-version").not_here(),
    ],
];
const OF_SET_IMAGE: Flags = &[
    FILES,
    PRINTED,
    WRITES,
    &[
        SELECTOR,
        ALL,
        LOCAL,
        value("replicas"),
        value("current-replicas"),
        value("resource-version"),
        value("timeout"),
        value("image"),
        value("restart"),
        value("labels"),
        value("env"),
        value("overrides"),
        value("command"),
        value("requests"),
        value("limits"),
        value("containers").or('c'),
        switch("rm"),
        switch("stdin").or('i'),
        switch("tty").or('t'),
    ],
];
const OF_CORDON: Flags = &[&[SELECTOR, DRY_RUN]];
const OF_DRAIN: Flags = &[&[
    SELECTOR,
    DRY_RUN,
    CHUNK,
    switch("delete-emptydir-data"),
    switch("disable-eviction").not_here(),
    switch("force"),
    value("grace-period"),
    switch("ignore-daemonsets"),
    value("pod-selector"),
    value("skip-wait-for-delete-timeout"),
    value("timeout"),
]];
const OF_TAINT: Flags = &[WRITES, &[SELECTOR, ALL, OUTPUT, VALIDATE, switch("overwrite")]];
const OF_EXPLAIN: Flags = &[&[value("api-version"), switch("recursive"), OUTPUT]];
const OF_API_RESOURCES: Flags = &[&[
    value("api-group"),
    switch("cached"),
    value("categories"),
    switch("namespaced"),
    switch("no-headers"),
    OUTPUT,
    value("sort-by"),
    value("verbs"),
]];
const OF_VERSION: Flags = &[&[switch("client"), OUTPUT]];
const OF_AUTH_CAN_I: Flags =
    &[&[ALL_NAMESPACES, switch("list"), switch("no-headers"), switch("quiet").or('q'), value("subresource")]];

/// The flags of a command beside [`GLOBAL`].
pub(super) fn of(command: &str) -> Flags {
    match command {
        "get" => OF_GET,
        "events" => OF_EVENTS,
        "describe" => OF_DESCRIBE,
        "logs" => OF_LOGS,
        "wait" => OF_WAIT,
        "delete" => OF_DELETE,
        "patch" => OF_PATCH,
        "create" | "apply" | "replace" => OF_CREATE,
        "create job" | "create cronjob" => OF_CREATE_JOB,
        "label" | "annotate" => OF_LABEL,
        "set image" | "scale" | "edit" | "run" | "set" => OF_SET_IMAGE,
        "cordon" | "uncordon" => OF_CORDON,
        "drain" => OF_DRAIN,
        "taint" => OF_TAINT,
        "explain" => OF_EXPLAIN,
        "api-resources" => OF_API_RESOURCES,
        "version" => OF_VERSION,
        "auth can-i" => OF_AUTH_CAN_I,
        _ => &[],
    }
}
