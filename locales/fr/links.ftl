## Liens d’approbation dans ce qui est transmis à un webhook

webhook-links = Joindre un lien d’approbation aux événements d’appareils en attente
webhook-links-help = Quiconque possède le lien peut accepter l’appareil, une fois, sous trois jours, avec les droits du propriétaire qui a activé cette option. Ne l’envoyez que là où toutes les personnes qui le lisent peuvent décider.

## Liens d’approbation : refusés, révoqués

access-link_revoked = { $actor } a révoqué un lien d’approbation pour { $subject }
access-action-link_revoked = Lien d’approbation révoqué
conflict-session-accepted = La session est déjà acceptée : aucun lien d’approbation n’a été créé, elle n’en a pas besoin.
conflict-session-not-pending = La session n’attend pas d’approbation : aucun lien n’a été créé. Mettez d’abord son statut à « en attente ».
links-live = Liens d’approbation actifs
links-own-help = Ils permettent d’accepter des appareils avec vos droits.
link-until = Valable jusqu’au
link-revoke = Révoquer
link-revoke-name = Révoquer le lien valable jusqu’au { $name }
link-by-webhook = par le webhook { $name }
told-link-revoked = Le lien a été révoqué : il ne permet plus d’accepter d’appareil.
