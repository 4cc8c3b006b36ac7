### Mots de passe redemandés, choisis à nouveau ou trop faciles à deviner ; et ce qu’un compte a créé.
invalid-user-name = Un nom compte de 1 à 64 caractères : des lettres et des chiffres d’une seule écriture. Les espaces et . _ - @ ' sont permis à l’intérieur.
password-guessable = Ce mot de passe est trop facile à deviner. Ajoutez un ou deux mots que personne ne devinerait.
password-same = C’est le mot de passe que vous avez déjà. Choisissez-en un autre.

confirm-title = Encore une fois votre mot de passe
confirm-lead = Vous allez donner ou retirer des droits, et vous avez saisi votre mot de passe il y a un certain temps. Rien n’a encore été modifié.
confirm-new-password = Encore une fois le nouveau mot de passe
confirm-new-password-help = Les mots de passe ne sont pas renvoyés à la page : saisissez aussi le nouveau encore une fois.
confirm-submit = Continuer
confirm-cancel = Ne rien modifier

choose-password = Choisissez votre propre mot de passe
choose-password-lead = Le mot de passe avec lequel vous êtes entré a été généré pour vous, et quelqu’un d’autre l’a vu. Tout le reste attend que vous ayez le vôtre.
choose-password-given = Le mot de passe avec lequel vous êtes entré

revoke-made = Mettre fin aussi à ce qui suit : créé dans ce compte, cela fonctionne sans son mot de passe
revoke-token = Jeton
revoke-link = Lien d’approbation
revoke-webhook = Webhook, qui sera désactivé :
revoke-rule = Règle, qui sera désactivée :
own-link = { $device }, jusqu’au { $date }
own-made = Vos jetons
own-made-help = Ils ont été créés dans votre compte et fonctionnent sans votre mot de passe.

access-token_changed = { $actor } a modifié le jeton { $subject }
access-action-token_changed = Jeton modifié

error-password-needed = Le mot de passe est redemandé
    .what = Vous avez saisi votre mot de passe il y a un certain temps, et ceci donne ou retire des droits.
    .kept = Rien n’a été modifié.
    .todo = Connectez-vous à nouveau.
error-password-change-needed = Choisissez d’abord votre propre mot de passe
    .what = Le mot de passe avec lequel vous êtes entré a été généré pour vous.
    .todo = Choisissez le vôtre ; tout le reste sera là ensuite.
