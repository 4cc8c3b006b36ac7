//! Server-sent events, as bytes become them (source: html.spec.whatwg.org, 9.2.6).

/// One event.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Message {
    pub event: String,
    pub data: String,
}

/// What was read of a stream so far.
#[derive(Debug, Default)]
pub struct Parser {
    line: Vec<u8>,
    message: Message,
    /// The id of the last event, to go on from.
    pub last_id: Option<String>,
}

impl Parser {
    /// Takes the next bytes; the events that are complete by them.
    pub fn feed(&mut self, bytes: &[u8]) -> Vec<Message> {
        let mut messages = Vec::new();
        for byte in bytes {
            if *byte != b'\n' {
                self.line.push(*byte);
                continue;
            }
            let line = std::mem::take(&mut self.line);
            messages.extend(self.end_of_line(String::from_utf8_lossy(&line).trim_end_matches('\r')));
        }
        messages
    }

    /// How many bytes of an event came that is not complete.
    pub fn held(&self) -> usize {
        self.line.len() + self.message.data.len()
    }

    /// What a new connection begins anew; where to go on stays.
    pub fn reset(&mut self) {
        self.line.clear();
        self.message = Message::default();
    }

    fn end_of_line(&mut self, line: &str) -> Option<Message> {
        if line.is_empty() {
            let message = std::mem::take(&mut self.message);
            return (!message.data.is_empty()).then_some(message);
        }
        let (field, value) = line.split_once(':').unwrap_or((line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match field {
            "event" => self.message.event = value.to_owned(),
            "id" => self.last_id = Some(value.to_owned()),
            "data" if self.message.data.is_empty() => self.message.data = value.to_owned(),
            "data" => self.message.data.extend(["\n", value]),
            _ => {}
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_are_read_wherever_the_bytes_are_cut() {
        let stream =
            "id: 7\n\n:\n\nid: 8\nevent: session.created\r\ndata: {\"é\":1}\n\ndata: a\ndata: b\n\n".as_bytes();
        for cut in 0..stream.len() {
            let mut parser = Parser::default();
            let mut messages = parser.feed(&stream[..cut]);
            messages.extend(parser.feed(&stream[cut..]));
            let expected = [("session.created", "{\"é\":1}"), ("", "a\nb")];
            let expected = expected.map(|(event, data)| Message { event: event.into(), data: data.into() });
            assert_eq!(messages, expected, "cut at {cut}");
            assert_eq!(parser.last_id.as_deref(), Some("8"));
        }
    }

    #[test]
    fn a_broken_event_is_forgotten_and_its_place_is_not() {
        let mut parser = Parser::default();
        parser.feed(b"id: 3\nevent: x\ndata: half");
        parser.reset();
        assert_eq!(parser.feed(b"data: whole\n\n"), [Message { event: String::new(), data: "whole".into() }]);
        assert_eq!(parser.last_id.as_deref(), Some("3"));
    }
}
