//! Which apps somebody may see, chosen by boxes and by patterns.

use serde_json::json;

use crate::spawn::*;

#[test]
fn apps_are_ticked_or_named_by_patterns() {
    let site = Site::with(&[session(CONTACT, &id(1)), session(TASKS, &id(2))]);
    let server = site.serve();
    let owner = server.first_owner();
    let tried = [
        // The box of all, apps that are ticked, patterns: which globs.
        (true, &[][..], "", Some(json!([]))),
        (true, &[CONTACT], "", Some(json!([CONTACT]))),
        (false, &[CONTACT, TASKS], "", Some(json!([CONTACT, TASKS]))),
        (false, &[TASKS], "*.Later\r\n com.*", Some(json!([TASKS, "*.Later", "com.*"]))),
        (false, &[TASKS], TASKS, Some(json!([TASKS]))),
        (false, &[], "", None),
    ];
    for (nth, (every, apps, patterns, globs)) in tried.into_iter().enumerate() {
        let name = format!("user{nth}");
        let page = owner.get("/users").status(200).text();
        let form = Form::find(&page, "/users").fill("name", &name).fill("role", "viewer").fill("password", PASSWORD);
        let form = apps.iter().fold(form.fill("apps", patterns), |form, app| form.add("app", app));
        assert!(form.has("every_app"), "all are ticked at first");
        let answer = if every { form } else { form.without("every_app") }.submit(&owner);
        let Some(globs) = globs else {
            let page = answer.status(422).text();
            assert!(page.contains("Tick at least one app, or all apps."), "{page}");
            continue;
        };
        assert!(answer.status < 400, "{answer:?}");
        assert_eq!(owner.json(&format!("/api/v1/users/{name}"))["apps"], globs, "{name}");
        // Their page has the same boxes and patterns: saved as it is, it changes nothing.
        let path = format!("/users/{name}");
        let page = owner.get(&path).status(200).text();
        let text = page.split("<textarea").nth(1).and_then(|text| text.split(['>', '<']).nth(1)).unwrap().trim();
        let form = Form::find(&page, &path).fill("role", "viewer").fill("apps", text);
        assert_eq!(form.has("every_app"), globs == json!([]), "{name}");
        let back = form.submit(&owner).status(303);
        let said = owner.get(back.header("location")).status(200).text();
        assert!(said.contains("Nothing was changed"), "{name}: {said}");
    }
}
