//! Finding pods by what people call them: the number or the index of a row, or a part of a name.

use super::Timeline;
use super::pods::Bar;

impl Timeline {
    /// The pods that are called so: by number the pods of that index, and the pod of that number; else those whose name
    /// has it in it.
    pub fn find(&self, called: &str) -> Vec<&Bar> {
        let called = called.trim().to_ascii_lowercase();
        // `Pod 3`, `#3`: what stands before a number is a word for it.
        let last = called.rsplit(char::is_whitespace).next().unwrap_or_default();
        let number: Option<u32> = last.trim_start_matches('#').parse().ok();
        let bars = self.jobs.iter().flat_map(|track| &track.bars);
        match number {
            _ if called.is_empty() => Vec::new(),
            Some(number) => {
                let of_index = bars.clone().filter(|bar| bar.birth.index == Some(number));
                let of_number = bars.filter(|bar| bar.pod.0 == number && bar.birth.index != Some(number));
                of_index.chain(of_number).collect()
            }
            None => bars.filter(|bar| bar.birth.name().contains(&called)).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::manifest::read;
    use crate::recording::Recording;
    use crate::timeline::Timeline;

    fn of(mode: &str) -> Timeline {
        let text = format!(
            "apiVersion: batch/v1\nkind: Job\nmetadata: {{name: pi}}\nspec: {{completions: 3, parallelism: 3, \
             completionMode: {mode}, template: {{spec: {{restartPolicy: Never, containers: [{{name: m, image: b}}]}}}}}}\n"
        );
        let scenario = read(&text).scenario;
        Timeline::of(&Recording::of(&scenario), &scenario)
    }

    #[test]
    fn a_pod_is_found_by_number_index_and_name() {
        let found = |timeline: &Timeline, called: &str| -> Vec<u32> {
            timeline.find(called).iter().map(|bar| bar.pod.0).collect()
        };
        let plain = of("NonIndexed");
        for called in ["2", " Pod 2", "#2"] {
            assert_eq!(found(&plain, called), [2], "{called}");
        }
        let name = plain.jobs[0].bars[1].birth.name();
        assert_eq!(found(&plain, &name), [2]);
        assert_eq!(found(&plain, &name[3..].to_uppercase()), [2]);
        assert_eq!(found(&plain, "pi-"), [1, 2, 3]);
        assert_eq!(found(&of("Indexed"), "2"), [3, 2], "index 2 is pod 3; pod 2 comes after it");
        for called in ["", "  ", "99", "nothing"] {
            assert_eq!(found(&plain, called), [0; 0], "{called}");
        }
    }
}
