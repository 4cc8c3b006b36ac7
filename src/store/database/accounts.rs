//! Users, tokens, logins and the link of the first start.
