//! Options: the command line, then the environment.
