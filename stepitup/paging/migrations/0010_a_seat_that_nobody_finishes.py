from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("paging", "0009_words_of_the_house"),
    ]

    operations = [
        migrations.AlterField(
            model_name="heard",
            name="words",
            field=models.CharField(
                choices=[
                    ("nothing", "nothing"),
                    ("yours", "yours"),
                    ("yours by ring", "yours by ring"),
                    ("no link", "no link"),
                    ("someone has it", "someone has it"),
                    ("over", "over"),
                    ("declined", "declined"),
                    ("handed back", "handed back"),
                    ("cannot", "cannot"),
                    ("unclear", "unclear"),
                    ("test arrived", "test arrived"),
                    ("texts are off", "texts are off"),
                    ("join by ring", "join by ring"),
                    ("way is off", "way is off"),
                    ("still there", "still there"),
                    ("in trouble", "in trouble"),
                    ("well again", "well again"),
                ],
                default="nothing",
                help_text="Which fixed sentence went back.",
                max_length=16,
            ),
        ),
        migrations.AlterField(
            model_name="notice",
            name="words",
            field=models.CharField(
                choices=[
                    ("nothing", "nothing"),
                    ("yours", "yours"),
                    ("yours by ring", "yours by ring"),
                    ("no link", "no link"),
                    ("someone has it", "someone has it"),
                    ("over", "over"),
                    ("declined", "declined"),
                    ("handed back", "handed back"),
                    ("cannot", "cannot"),
                    ("unclear", "unclear"),
                    ("test arrived", "test arrived"),
                    ("texts are off", "texts are off"),
                    ("join by ring", "join by ring"),
                    ("way is off", "way is off"),
                    ("still there", "still there"),
                    ("in trouble", "in trouble"),
                    ("well again", "well again"),
                ],
                help_text="Which of the fixed sentences it says.",
                max_length=16,
            ),
        ),
    ]
