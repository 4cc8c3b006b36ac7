### The charts of the overview.

chart-systems = Systems and versions
chart-days = First seen, last 30 days
chart-days-help = Sessions that are here now, by the day in UTC on which each was first seen.
chart-days-summary = { $count ->
    [one] 1 session, on { $day }.
   *[other] { $count } sessions, most of them on { $day }: { $most }.
}
chart-no-days = No device has signed in for the first time in the last 30 days. When one does, its day gets a column here.
chart-other-systems = { $count ->
    [one] 1 other
   *[other] { $count } others
}
chart-no-system = Not said
chart-figures = As a table
chart-day = Day
