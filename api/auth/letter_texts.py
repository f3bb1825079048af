"""The letters that accounts get, in the languages of the page."""

from api.auth.models import LinkKind

DEFAULT = "en"

LETTERS: dict[str, dict[LinkKind, tuple[str, str]]] = {
    "en": {
        "reset": (
            "A new password for Parley",
            "Somebody asked for a new password for your account. If it was you, set it here within an hour:\n\n"
            "{link}\n\n"
            "If it was not you, you need not do anything: your password stays as it is.\n",
        ),
        "invitation": (
            "Your invitation to Parley",
            "You are invited to learn English with Parley. Open your account here within 14 days:\n\n{link}\n",
        ),
        "verification": (
            "Confirm your e-mail address",
            "Confirm that this address belongs to your Parley account:\n\n{link}\n\n"
            "If you have no account, you need not do anything.\n",
        ),
    },
    "es": {
        "reset": (
            "Una contraseña nueva para Parley",
            "Alguien pidió una contraseña nueva para tu cuenta. Si fuiste tú, ponla aquí en menos de una hora:\n\n"
            "{link}\n\n"
            "Si no fuiste tú, no tienes que hacer nada: tu contraseña sigue igual.\n",
        ),
        "invitation": (
            "Tu invitación a Parley",
            "Te invitan a aprender inglés con Parley. Abre tu cuenta aquí en menos de 14 días:\n\n{link}\n",
        ),
        "verification": (
            "Confirma tu correo electrónico",
            "Confirma que esta dirección pertenece a tu cuenta de Parley:\n\n{link}\n\n"
            "Si no tienes cuenta, no tienes que hacer nada.\n",
        ),
    },
    "pt": {
        "reset": (
            "Uma nova senha para o Parley",
            "Alguém pediu uma nova senha para a sua conta. Se foi você, defina-a aqui em até uma hora:\n\n"
            "{link}\n\n"
            "Se não foi você, não precisa fazer nada: a sua senha continua a mesma.\n",
        ),
        "invitation": (
            "O seu convite para o Parley",
            "Você recebeu um convite para aprender inglês com o Parley. Abra a sua conta aqui em até 14 dias:\n\n"
            "{link}\n",
        ),
        "verification": (
            "Confirme o seu e-mail",
            "Confirme que este endereço pertence à sua conta do Parley:\n\n{link}\n\n"
            "Se você não tem conta, não precisa fazer nada.\n",
        ),
    },
    "fr": {
        "reset": (
            "Un nouveau mot de passe pour Parley",
            "Quelqu'un a demandé un nouveau mot de passe pour votre compte. Si c'est vous, choisissez-le ici dans "
            "l'heure :\n\n{link}\n\nSinon, vous n'avez rien à faire : votre mot de passe ne change pas.\n",
        ),
        "invitation": (
            "Votre invitation à Parley",
            "Vous êtes invité à apprendre l'anglais avec Parley. Ouvrez votre compte ici dans les 14 jours :\n\n"
            "{link}\n",
        ),
        "verification": (
            "Confirmez votre adresse e-mail",
            "Confirmez que cette adresse appartient à votre compte Parley :\n\n{link}\n\n"
            "Si vous n'avez pas de compte, vous n'avez rien à faire.\n",
        ),
    },
    "de": {
        "reset": (
            "Ein neues Passwort für Parley",
            "Jemand hat ein neues Passwort für dein Konto verlangt. Wenn du es warst, lege es hier innerhalb "
            "einer Stunde fest:\n\n{link}\n\nWenn nicht, musst du nichts tun: dein Passwort bleibt, wie es ist.\n",
        ),
        "invitation": (
            "Deine Einladung zu Parley",
            "Du bist eingeladen, mit Parley Englisch zu lernen. Eröffne dein Konto hier innerhalb von 14 Tagen:"
            "\n\n{link}\n",
        ),
        "verification": (
            "Bestätige deine E-Mail-Adresse",
            "Bestätige, dass diese Adresse zu deinem Parley-Konto gehört:\n\n{link}\n\n"
            "Wenn du kein Konto hast, musst du nichts tun.\n",
        ),
    },
    "ar": {
        "reset": (
            "كلمة مرور جديدة لـ Parley",
            "طلب شخص ما كلمة مرور جديدة لحسابك. إذا كنت أنت، فعيّنها هنا خلال ساعة:\n\n{link}\n\n"
            "إذا لم تكن أنت، فلا حاجة إلى فعل شيء: تبقى كلمة مرورك كما هي.\n",
        ),
        "invitation": (
            "دعوتك إلى Parley",
            "أنت مدعو لتعلّم الإنجليزية مع Parley. افتح حسابك هنا خلال 14 يومًا:\n\n{link}\n",
        ),
        "verification": (
            "أكّد بريدك الإلكتروني",
            "أكّد أن هذا العنوان يخص حسابك في Parley:\n\n{link}\n\nإذا لم يكن لديك حساب، فلا حاجة إلى فعل شيء.\n",
        ),
    },
    "zh": {
        "reset": (
            "Parley 的新密码",
            "有人为您的账户申请了新密码。如果是您本人，请在一小时内在此设置：\n\n{link}\n\n如果不是您，无需任何操作：密码保持不变。\n",
        ),
        "invitation": ("Parley 邀请函", "您受邀使用 Parley 学习英语。请在 14 天内在此开设账户：\n\n{link}\n"),
        "verification": (
            "确认您的电子邮件地址",
            "请确认此地址属于您的 Parley 账户：\n\n{link}\n\n如果您没有账户，无需任何操作。\n",
        ),
    },
    "ja": {
        "reset": (
            "Parley の新しいパスワード",
            "あなたのアカウントの新しいパスワードが申請されました。"
            "ご本人の場合は、1 時間以内にこちらで設定してください。\n\n{link}\n\n"
            "心当たりがない場合は、何もする必要はありません。パスワードは変わりません。\n",
        ),
        "invitation": (
            "Parley への招待",
            "Parley で英語を学ぶよう招待されています。14 日以内にこちらでアカウントを作成してください。\n\n{link}\n",
        ),
        "verification": (
            "メールアドレスの確認",
            "このアドレスがあなたの Parley アカウントのものであることを確認してください。\n\n{link}\n\n"
            "アカウントをお持ちでない場合は、何もする必要はありません。\n",
        ),
    },
}


def letter(kind: LinkKind, languages: tuple[str | None, ...], link: str) -> tuple[str, str]:
    """(subject, text) in the first of the languages (BCP 47) that there is, else in English."""
    known = (one.partition("-")[0].lower() for one in languages if one)
    language = next((one for one in known if one in LETTERS), DEFAULT)
    subject, text = LETTERS[language][kind]
    return subject, text.format(link=link)
