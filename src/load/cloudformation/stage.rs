//! The stages of an API.

use crate::load::reading::Reading;
use crate::load::template::Resource;
use crate::source::Spanned;

/// The names under `StageName`, each once.
pub(super) fn read<'t>(
    reading: &mut Reading<'t>,
    resources: impl Iterator<Item = Resource<'t>>,
) -> Vec<Spanned<String>> {
    let mut stages: Vec<Spanned<String>> = Vec::new();
    for resource in resources {
        let name = reading.text(resource.get("StageName"), || format!("name of stage `{}`", resource.id.value));
        stages.extend(name.filter(|name| stages.iter().all(|stage| stage.value != name.value)));
    }
    stages
}
