//! The overview: figures behind each chart, as a table that reads without seeing the chart.

use crate::spawn::*;

/// The rows of the table behind a chart, its cells as text.
#[track_caller]
fn figures(page: &str, chart: &str) -> Vec<Vec<String>> {
    let section = &page[page.find(&format!("id=\"{chart}\"")).expect(chart)..];
    let table = &section[section.find("<table class=\"figures\">").expect("figures")..];
    let body = &table[table.find("<tbody>").unwrap()..table.find("</tbody>").unwrap()];
    let cells = |row: &str| {
        let mut cells = Vec::new();
        let mut rest = row;
        while let Some(at) = rest.find("<th").into_iter().chain(rest.find("<td")).min() {
            let cell = &rest[at..];
            let end = cell.find("</t").unwrap();
            cells.push(without_tags(&cell[..end]));
            rest = &cell[end + 1..];
        }
        cells
    };
    body.split("</tr>").map(cells).filter(|cells| !cells.is_empty()).collect()
}

fn without_tags(html: &str) -> String {
    let mut text = String::new();
    let mut inside = false;
    for c in html.chars() {
        match c {
            '<' => inside = true,
            '>' => inside = false,
            c if !inside => text.push(c),
            _ => {}
        }
    }
    unescape(text.trim())
}

fn row(cells: &[&str]) -> Vec<String> {
    cells.iter().map(|cell| (*cell).to_owned()).collect()
}

fn system(file: SessionFile, os: &str, version: &str) -> SessionFile {
    file.set("/device/os", os).set("/device/version", version)
}

fn mixed() -> Site {
    Site::with(&[
        system(session(CONTACT, &id(1)), "iOS", "17.1"),
        system(session(CONTACT, &id(2)), "iOS", "17.1"),
        system(session(CONTACT, &id(3)).status("pending"), "Android", "14"),
        system(session(CONTACT, &id(4)).status("banned"), "Android", "14"),
        system(session(TASKS, &id(5)).status("pending"), "iOS", "17.1"),
    ])
}

#[test]
fn systems_with_their_versions_are_counted_the_most_frequent_first() {
    let site = mixed();
    let server = site.serve();
    let page = server.first_owner().get("/").status(200).text();
    assert_eq!(figures(&page, "chart-systems"), [row(&["iOS 17.1", "3"]), row(&["Android 14", "2"])]);
}

#[test]
fn the_chart_of_days_ends_today() {
    let site = mixed();
    let server = site.serve();
    let page = server.first_owner().get("/").status(200).text();
    let days = figures(&page, "chart-days");
    assert_eq!(days.len(), 30, "{days:?}");
    let sum: u64 = days.iter().map(|day| day[1].parse::<u64>().unwrap()).sum();
    assert_eq!((sum, &*days[0][1]), (5, "5"), "the latest day stands first: {days:?}");
}

#[test]
fn charts_count_only_visible_apps() {
    let site = mixed();
    let created = site.command_with_input(&["user", "create", "tim", "--role", "viewer", "--app", TASKS], PASSWORD);
    assert!(created.status.success(), "{created:?}");
    let server = site.serve();
    let page = server.log_in("tim", PASSWORD).get("/").status(200).text();
    assert_eq!(figures(&page, "chart-systems"), [row(&["iOS 17.1", "1"])]);
    let sum: u64 = figures(&page, "chart-days").iter().map(|day| day[1].parse::<u64>().unwrap()).sum();
    assert_eq!(sum, 1);
}

#[test]
fn many_systems_share_one_last_bar() {
    let files: Vec<SessionFile> = (1..=12)
        .map(|n| system(session(&format!("com.example.app{n:02}"), &id(n)), "iOS", &format!("{n}.0")))
        .collect();
    let site = Site::with(&files);
    let server = site.serve();
    let page = server.first_owner().get("/").status(200).text();
    let bars = figures(&page, "chart-systems");
    assert_eq!(bars.len(), 9, "{bars:?}");
    assert!(bars[8][0].starts_with("4 other"), "{bars:?}");
    let sum: u64 = bars.iter().map(|bar| bar[1].parse::<u64>().unwrap()).sum();
    assert_eq!(sum, 12, "{bars:?}");
}

/// An app with these sessions, made by hand: ten thousand of them are many files.
fn many_apps(site: &Site, apps: u32) {
    for n in 0..apps {
        let file = session(&format!("UTT7VDX8W5.com.example.App{n:05}"), &id(n));
        site.put(&file.set("/application/name", format!("App {n:05}")).status(if n % 1000 == 7 {
            "pending"
        } else {
            "accepted"
        }));
    }
}

#[test]
fn ten_thousand_apps_make_no_long_page() {
    const LARGEST: usize = 200 << 10;
    let site = Site::new();
    many_apps(&site, 10_000);
    let server = site.serve();
    let owner = server.first_owner();
    let app = "UTT7VDX8W5.com.example.App09999";
    let of_app = format!("/apps/{}", segment(app));
    for path in ["/", "/sessions", "/changes", "/apps", "/users", "/tokens", "/rules", "/webhooks", &of_app] {
        let page = owner.get(path).status(200).text();
        assert!(page.len() <= LARGEST, "{path} has {} bytes", page.len());
    }
    let overview = owner.get("/").text();
    assert!(overview.contains("All 10,000 apps") && overview.contains("href=\"/apps\""), "the way to all");
    assert!(overview.contains("App 00007") && overview.contains("App 09007"), "those where somebody waits");
    assert!(owner.get(&of_app).text().contains(&format!("value=\"{app}\" selected")), "the one that is shown");
    // By search, whatever the case, and page by page.
    let found = owner.get("/apps?q=aPP09999").status(200).text();
    assert!(found.contains("App 09999") && !found.contains("App 09998"), "{found}");
    assert!(owner.get("/apps?q=nobody").status(200).text().contains("Nothing"), "none");
    let (mut path, mut seen) = ("/apps".to_owned(), 0);
    loop {
        let page = owner.get(&path).status(200).text();
        seen += page.matches("<span class=\"id dim\">").count();
        let next = tags(&page, "a").into_iter().find(|(_, tag)| tag.contains("rel=\"next\""));
        match next.filter(|_| seen < 500) {
            Some((_, tag)) => path = unescape(&attribute(&tag, "href").unwrap()),
            None => break,
        }
    }
    assert_eq!(seen, 500);
    assert!(owner.get("/apps?page=200").status(200).text().contains("App 09999"));
    assert!(owner.get("/apps?page=999999999999").status(200).text().contains("App 09999"), "the last page");
}
