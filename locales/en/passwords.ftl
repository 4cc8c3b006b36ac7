### Passwords that are asked for again, chosen anew, or too easy to guess; and what an account made.
invalid-user-name = A name has 1 to 64 characters: letters and digits of one script. Spaces and . _ - @ ' may stand within it.
password-guessable = This password is too easy to guess. Add another word or two that nobody would guess.
password-same = This is already your password. Choose another.

confirm-title = Confirm your password
confirm-lead = This gives or takes away rights, so enter your password again. Nothing has been changed yet.
confirm-new-password = New password, again
confirm-new-password-help = Passwords are never sent back to the page, so enter the new one again too.
confirm-submit = Continue
confirm-cancel = Change nothing

choose-password = Choose your own password
choose-password-lead = The password you logged in with was generated for you, and somebody else has seen it. Choose your own to continue.
choose-password-given = The password you logged in with

revoke-made = Also end these. This account created them, and they work without its password
revoke-token = Token
revoke-link = Approval link
revoke-webhook = Webhook, which is switched off:
revoke-rule = Rule, which is switched off:
own-link = { $device }, until { $date }
own-made = Your tokens
own-made-help = They were created in your account and work without your password.

access-token_changed = { $actor } changed the token { $subject }
access-action-token_changed = Token changed

error-password-needed = Enter your password again
    .what = You last entered your password too long ago to give or take away rights.
    .kept = Nothing was changed.
    .todo = Log in again.
error-password-change-needed = Choose your own password first
    .what = The password you logged in with was generated for you.
    .todo = Choose your own password. Everything else opens after that.
