"""The addresses of sign-in. Their names are allauth's: it finds its way by them."""

from django.urls import path

from stepitup.door.team import devices, invitations, security, sign_in

urlpatterns = [
    path("sign-in", sign_in.sign_in, name="account_login"),
    path("sign-in/passkey", sign_in.sign_in_by_passkey, name="mfa_login_webauthn"),
    path("sign-in/code", sign_in.second_step, name="mfa_authenticate"),
    path("sign-in/recovery", sign_in.recovery, name="recovery"),
    path("sign-in/closed", sign_in.inactive, name="account_inactive"),
    path("sign-out", sign_in.sign_out, name="account_logout"),
    path("invitation/<str:secret>", invitations.invitation),
    path("invitations", invitations.invitations, name="invitations"),
    path("security", security.security, name="mfa_index"),
    path("security/passkey", security.add_passkey, name="mfa_add_webauthn"),
    path("security/passkey/<int:passkey>/remove", security.remove_passkey),
    path("security/code-app", security.code_app, name="mfa_activate_totp"),
    path("security/code-app/remove", security.remove_code_app, name="mfa_deactivate_totp"),
    path("security/passphrase", security.passphrase),
    path("security/recovery-codes", security.recovery_codes, name="mfa_view_recovery_codes"),
    path("security/recovery-codes/new", security.new_recovery_codes, name="mfa_generate_recovery_codes"),
    path("security/again/code", security.again_by_code, name="mfa_reauthenticate"),
    path("security/again/passkey", security.again_by_passkey, name="mfa_reauthenticate_webauthn"),
    path("security/sign-out-everywhere", security.sign_out_everywhere),
    path("devices", devices.mine, name="devices"),
    path("devices/team", devices.looked_after, name="devices-team"),
    path("devices/requests.json", devices.requests_file),
]
