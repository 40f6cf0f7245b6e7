package io.github.oche.space;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.NodeList;

class CellDrawingTest {
  private static Document parse(String svg) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"NASNet", "AmoebaNet", "DARTS_V1", "DARTS_V2"})
  void everyOperationNodeAndInputIsDrawn(String name) throws Exception {
    Genotype genotype = Genotypes.named(name);
    Document svg = parse(CellDrawing.svg(genotype));
    int genes = genotype.normal().genes().size() + genotype.reduction().genes().size();
    int joined = genotype.normal().concat().size() + genotype.reduction().concat().size();
    assertThat(svg.getDocumentElement().getTagName()).isEqualTo("svg");
    assertThat(svg.getElementsByTagName("circle").getLength()).isEqualTo(genes / 2);
    assertThat(svg.getElementsByTagName("rect").getLength()).isEqualTo(genes + 2 * 3);
    assertThat(svg.getElementsByTagName("path").getLength()).isEqualTo(2 * genes + 2 * joined);
    for (Gene gene : genotype.normal().genes()) {
      assertThat(texts(svg)).contains(">" + gene.operation() + "<");
    }
  }

  private static String texts(Document svg) {
    StringBuilder all = new StringBuilder();
    NodeList texts = svg.getElementsByTagName("text");
    for (int i = 0; i < texts.getLength(); i++) {
      all.append('>').append(texts.item(i).getTextContent()).append('<');
    }
    return all.toString();
  }

  @ParameterizedTest
  @ValueSource(strings = {"NASNet", "DARTS_V2"})
  void everythingLiesInsideTheDrawing(String name) throws Exception {
    Document svg = parse(CellDrawing.svg(Genotypes.named(name)));
    int width = Integer.parseInt(svg.getDocumentElement().getAttribute("width"));
    int height = Integer.parseInt(svg.getDocumentElement().getAttribute("height"));
    NodeList rects = svg.getElementsByTagName("rect");
    for (int i = 0; i < rects.getLength(); i++) {
      NamedNodeMap rect = rects.item(i).getAttributes();
      int x = number(rect, "x");
      int y = number(rect, "y");
      assertThat(x).isNotNegative();
      assertThat(y).isNotNegative();
      assertThat(x + number(rect, "width")).isLessThanOrEqualTo(width);
      assertThat(y + number(rect, "height")).isLessThanOrEqualTo(height);
    }
  }

  private static int number(NamedNodeMap attributes, String name) {
    return Integer.parseInt(attributes.getNamedItem(name).getNodeValue());
  }
}
