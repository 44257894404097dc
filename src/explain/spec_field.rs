//! The fields of a spec that decide something.

/// A field of a Job's or CronJob's spec that decides something.
#[allow(missing_docs)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SpecField {
    Parallelism,
    Completions,
    CompletionMode,
    BackoffLimit,
    BackoffLimitPerIndex,
    MaxFailedIndexes,
    /// activeDeadlineSeconds of the Job.
    ActiveDeadlineSeconds,
    TtlSecondsAfterFinished,
    /// suspend of the Job.
    Suspend,
    /// podFailurePolicy, or one of its rules.
    PodFailurePolicy,
    SuccessPolicy,
    PodReplacementPolicy,
    /// restartPolicy of the pod template.
    RestartPolicy,
    /// terminationGracePeriodSeconds of the pod template.
    TerminationGracePeriodSeconds,
    ManagedBy,
    Selector,
    /// schedule of the CronJob.
    Schedule,
    /// timeZone of the CronJob.
    TimeZone,
    /// concurrencyPolicy of the CronJob.
    ConcurrencyPolicy,
    /// startingDeadlineSeconds of the CronJob.
    StartingDeadlineSeconds,
    /// suspend of the CronJob.
    CronSuspend,
    /// successfulJobsHistoryLimit of the CronJob.
    SuccessfulJobsHistoryLimit,
    /// failedJobsHistoryLimit of the CronJob.
    FailedJobsHistoryLimit,
}

impl SpecField {
    /// All of them.
    pub const ALL: [SpecField; 23] = [
        SpecField::Parallelism,
        SpecField::Completions,
        SpecField::CompletionMode,
        SpecField::BackoffLimit,
        SpecField::BackoffLimitPerIndex,
        SpecField::MaxFailedIndexes,
        SpecField::ActiveDeadlineSeconds,
        SpecField::TtlSecondsAfterFinished,
        SpecField::Suspend,
        SpecField::PodFailurePolicy,
        SpecField::SuccessPolicy,
        SpecField::PodReplacementPolicy,
        SpecField::RestartPolicy,
        SpecField::TerminationGracePeriodSeconds,
        SpecField::ManagedBy,
        SpecField::Selector,
        SpecField::Schedule,
        SpecField::TimeZone,
        SpecField::ConcurrencyPolicy,
        SpecField::StartingDeadlineSeconds,
        SpecField::CronSuspend,
        SpecField::SuccessfulJobsHistoryLimit,
        SpecField::FailedJobsHistoryLimit,
    ];

    /// Its path from the root of a Job or CronJob manifest.
    pub fn path(self) -> &'static [&'static str] {
        match self {
            SpecField::Parallelism => &["spec", "parallelism"],
            SpecField::Completions => &["spec", "completions"],
            SpecField::CompletionMode => &["spec", "completionMode"],
            SpecField::BackoffLimit => &["spec", "backoffLimit"],
            SpecField::BackoffLimitPerIndex => &["spec", "backoffLimitPerIndex"],
            SpecField::MaxFailedIndexes => &["spec", "maxFailedIndexes"],
            SpecField::ActiveDeadlineSeconds => &["spec", "activeDeadlineSeconds"],
            SpecField::TtlSecondsAfterFinished => &["spec", "ttlSecondsAfterFinished"],
            SpecField::Suspend | SpecField::CronSuspend => &["spec", "suspend"],
            SpecField::PodFailurePolicy => &["spec", "podFailurePolicy"],
            SpecField::SuccessPolicy => &["spec", "successPolicy"],
            SpecField::PodReplacementPolicy => &["spec", "podReplacementPolicy"],
            SpecField::RestartPolicy => &["spec", "template", "spec", "restartPolicy"],
            SpecField::TerminationGracePeriodSeconds => &["spec", "template", "spec", "terminationGracePeriodSeconds"],
            SpecField::ManagedBy => &["spec", "managedBy"],
            SpecField::Selector => &["spec", "selector"],
            SpecField::Schedule => &["spec", "schedule"],
            SpecField::TimeZone => &["spec", "timeZone"],
            SpecField::ConcurrencyPolicy => &["spec", "concurrencyPolicy"],
            SpecField::StartingDeadlineSeconds => &["spec", "startingDeadlineSeconds"],
            SpecField::SuccessfulJobsHistoryLimit => &["spec", "successfulJobsHistoryLimit"],
            SpecField::FailedJobsHistoryLimit => &["spec", "failedJobsHistoryLimit"],
        }
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        self.path().last().copied().unwrap_or_default()
    }

    /// Whether it belongs to a CronJob itself, not to a Job.
    pub fn is_of_cron_job(self) -> bool {
        self >= SpecField::Schedule
    }
}
