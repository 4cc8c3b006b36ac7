### Mots de passe redemandés, choisis à nouveau ou trop faciles à deviner ; et ce qu’un compte a créé.
invalid-user-name = Un nom compte de 1 à 64 caractères : des lettres et des chiffres d’un même système d’écriture. Les espaces et . _ - @ ' sont permis à l’intérieur.
password-guessable = Ce mot de passe est trop facile à deviner. Ajoutez un ou deux mots que personne ne devinerait.
password-same = C’est le mot de passe que vous avez déjà. Choisissez-en un autre.

confirm-title = Confirmez votre mot de passe
confirm-lead = Cette action donne ou retire des droits : saisissez de nouveau votre mot de passe. Rien n’a encore été modifié.
confirm-new-password = Nouveau mot de passe, de nouveau
confirm-new-password-help = Les mots de passe ne sont jamais renvoyés à la page : ressaisissez aussi le nouveau.
confirm-submit = Continuer
confirm-cancel = Ne rien modifier

choose-password = Choisissez votre propre mot de passe
choose-password-lead = Le mot de passe que vous venez d’utiliser a été généré pour vous, et quelqu’un d’autre l’a vu. Choisissez le vôtre pour continuer.
choose-password-given = Le mot de passe que vous venez d’utiliser

revoke-made = Mettre fin aussi à ces éléments : créés dans ce compte, ils fonctionnent sans son mot de passe
revoke-token = Jeton
revoke-link = Lien d’approbation
revoke-webhook = Webhook, qui sera désactivé :
revoke-rule = Règle, qui sera désactivée :
own-link = { $device }, jusqu’au { $date }
own-made = Vos jetons
own-made-help = Ils ont été créés dans votre compte et fonctionnent sans votre mot de passe.

access-token_changed = { $actor } a modifié le jeton { $subject }
access-action-token_changed = Jeton modifié

error-password-needed = Saisissez de nouveau votre mot de passe
    .what = Vous avez saisi votre mot de passe il y a trop longtemps pour donner ou retirer des droits.
    .kept = Rien n’a été modifié.
    .todo = Connectez-vous de nouveau.
error-password-change-needed = Choisissez d’abord votre propre mot de passe
    .what = Le mot de passe avec lequel vous vous êtes connecté a été généré pour vous.
    .todo = Choisissez le vôtre ; vous aurez ensuite accès à tout le reste.
