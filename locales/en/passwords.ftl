### Passwords that are asked for again, chosen anew, or too easy to guess; and what an account made.
invalid-user-name = A name has 1 to 64 characters: letters and digits of one script. Spaces and . _ - @ ' may stand within it.
password-guessable = This password is too easy to guess. Add another word or two that nobody would guess.
password-same = This is the password that you have. Choose another.

confirm-title = Your password again, please
confirm-lead = You are about to give or take rights, and you gave your password a while ago. Nothing was changed yet.
confirm-new-password = The new password again
confirm-new-password-help = Passwords are not sent back to the page, so type the new one again, too.
confirm-submit = Go on
confirm-cancel = Change nothing

choose-password = Choose your own password
choose-password-lead = The password that you came in with was made up for you, and somebody else has seen it. Everything else waits until you have your own.
choose-password-given = The password you came in with

revoke-made = End these, too: they were made in this account and work without its password
revoke-token = Token
revoke-link = Approval link
revoke-webhook = Webhook, which is switched off:
revoke-rule = Rule, which is switched off:
own-link = { $device }, until { $date }
own-made = Your tokens
own-made-help = They were made in your account and work without your password.

access-token_changed = { $actor } changed the token { $subject }
access-action-token_changed = Token changed

error-password-needed = The password is needed again
    .what = You gave your password a while ago, and this gives or takes rights.
    .kept = Nothing was changed.
    .todo = Log in again.
error-password-change-needed = Choose your own password first
    .what = The password you came in with was made up for you.
    .todo = Choose your own password; then everything else is there.
