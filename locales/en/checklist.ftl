# What an installation needs before it is complete
checklist = Get started
checklist-progress = { $done } of { $all } done
checklist-dismiss = Hide this list
told-checklist = The list is hidden.
step-done = Done
step-open = To do
step-folder = Find the MobileApps folder
step-folder-help = The folder cannot be read now. The bar above says why.
step-connect = Connect 4D
step-connect-help = 4D reads changes only when it is asked to. The page Push has the code for your 4D project. Then start this program with:
step-test = Test the connection
step-automatic = Push automatically
step-automatic-help = Nobody has to press Push then: accepted devices get in at once.
step-approval = Ask for approval in 4D
step-approval-help = With this line in { $method }, a new device waits here until you accept it:
step-colleague = Add a colleague
step-colleague-help = Everybody has a login of their own, so that you see who did what.
